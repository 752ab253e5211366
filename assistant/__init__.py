"""Vägledaren: answers in Swedish from the guideline for family centres, with citations."""

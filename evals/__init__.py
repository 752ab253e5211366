"""Measures the accuracy of the answers before a release."""

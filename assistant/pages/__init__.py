"""The pages: rendering and wiring only, no rules of their own."""

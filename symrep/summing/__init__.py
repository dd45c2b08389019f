"""Searching for closed forms of sums and products: what is found are instances of theorems for the kernel to check."""

"""What the benchmarks share: identities, values by mpmath, edits, printers, killable peers, tables."""

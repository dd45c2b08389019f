"""Running what may not end: killable workers, and derivation scripts in processes of their own."""

"""Special functions: their relations, as far as the normal form knows them, one family of functions a file."""

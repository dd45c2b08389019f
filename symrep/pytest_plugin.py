"""The pytest plugin. It is loaded in every pytest run of every project that has symrep installed: keep it light."""

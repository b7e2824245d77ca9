"""The steps of the loop, one file each; `run.py` puts them in order."""

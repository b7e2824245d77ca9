"""Golden vectors: inputs and outputs of every encoding, committed as JSON.

`python -m tests.dao_client.vectors` writes the files and the examples in docs/ anew. Do that only
when an encoding is meant to change: each change breaks what is on chains and in stores already.
"""

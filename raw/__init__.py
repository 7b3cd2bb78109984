"""The sample archive: invented reports of real districts, made again byte for byte by `python -m raw`."""

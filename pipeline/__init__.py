"""Nianbao: from filed vocational-education quality reports to comparable, traceable data."""

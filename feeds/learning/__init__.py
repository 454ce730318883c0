"""What feeds learn from reactions: pure functions of arrays, known to workers and commands only.

The web never imports it: SciPy and implicit cost a process 60 MB.
"""

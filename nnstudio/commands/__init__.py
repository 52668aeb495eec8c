"""Commands: the verbs of the command line, one file each; none of them needs a window."""

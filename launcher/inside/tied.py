"""Run a command that ends when the launcher ends, even if that one is killed.

usage: tied.py SIGNAL UID:GID COMMAND…   (UID:GID is "-" to stay who one is)

On Linux the kernel sends SIGNAL to this process, and so to the command that
replaces it, when the process that started it dies. Elsewhere nothing is tied.
"""

import ctypes
import os
import sys

PR_SET_PDEATHSIG = 1


def main():
    """Drop privileges, ask for the signal, become the command."""
    at_death, who, command = int(sys.argv[1]), sys.argv[2], sys.argv[3:]
    parent = os.getppid()
    if who != "-":
        uid, gid = (int(part) for part in who.split(":"))
        os.setgroups([])
        os.setgid(gid)
        os.setuid(uid)
    if sys.platform.startswith("linux"):
        # After the change of user: that one would clear it.
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, at_death)
        if os.getppid() != parent:
            sys.exit(1)
    os.execvp(command[0], command)


if __name__ == "__main__":
    main()

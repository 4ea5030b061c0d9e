"""`measured.py TOLD COMMAND…`: the command under limits; TOLD gets its wait status and peak memory in bytes.

A process of its own: a child's peak begins with the memory of the process that forked it,
and the one that runs the tests is large.
"""

import os
import resource
import signal
import sys
import time

SECONDS = 5


def main() -> None:
    """Runs the command; one that only waits (for a pipe) is ended after a minute."""
    told, *command = sys.argv[1:]
    child = os.fork()
    if not child:
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS + 1))
        resource.setrlimit(resource.RLIMIT_AS, (4 << 30, 4 << 30))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        os.execv(command[0], command)
    os.close(0)  # or the command's own early end would not break the pipe
    deadline = time.monotonic() + 60
    while not (ended := os.wait4(child, os.WNOHANG))[0]:
        if time.monotonic() > deadline:
            os.kill(child, signal.SIGKILL)
            ended = os.wait4(child, 0)
            break
        time.sleep(0.02)
    with open(told, "w", encoding="ascii") as out:
        out.write(f"{ended[1]} {ended[2].ru_maxrss << 10}")


main()

"""How many threads the program's matrix products use."""

from __future__ import annotations

from functools import cache


@cache
def one_thread_a_product() -> None:
    """Have NumPy multiply in the thread that asks, for good.

    The products of one question are small: shared out, they took as long and twice the time of the
    processor, for threads that have nothing to do look for work. Several people's questions share the
    cores better. Encoding has threads of its own.
    """
    from threadpoolctl import threadpool_limits  # looks through what is loaded: NumPy has to be

    threadpool_limits(limits=1, user_api="blas")

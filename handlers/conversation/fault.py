"""A fault of ours for the log: its kind and place, never its words, which may hold what a person wrote."""


def told(fault: BaseException) -> str:
    """`KeyError at words.py:81`."""
    return f"{type(fault).__name__} at {where(fault)}"


def where(fault: BaseException) -> str:
    """File and line."""
    trace = fault.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    return f"{trace.tb_frame.f_code.co_filename.rsplit('/', 1)[-1]}:{trace.tb_lineno}" if trace else "?"

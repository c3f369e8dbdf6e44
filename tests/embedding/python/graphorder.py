"""graphorder.h for Python: what is opened is closed at the end of its `with` block."""

import ctypes

_library = ctypes.CDLL("libgraphorder.so.1")
_handle = ctypes.c_uint64
_library.graphorder_open.argtypes = [ctypes.c_char_p, ctypes.c_size_t, ctypes.POINTER(_handle)]
_library.graphorder_close.argtypes = [_handle]
_library.graphorder_plan.argtypes = [_handle, ctypes.c_char_p, ctypes.c_size_t, ctypes.POINTER(_handle)]
_library.graphorder_ask.argtypes = _library.graphorder_plan.argtypes
_library.graphorder_text.argtypes = [
    _handle, ctypes.POINTER(ctypes.c_void_p), ctypes.POINTER(ctypes.c_size_t)]
_library.graphorder_free.argtypes = [_handle]
_library.graphorder_last_error.argtypes = [ctypes.c_char_p, ctypes.c_size_t, ctypes.c_void_p]
_library.graphorder_live_handles.restype = ctypes.c_uint64


class GraphOrderError(Exception):
    """A call that has no answer; `status` as in graphorder.h."""

    def __init__(self):
        sentence = ctypes.create_string_buffer(1024)
        self.status = _library.graphorder_last_error(sentence, len(sentence), None)
        super().__init__(sentence.value.decode())


class Engine:
    """An engine: it plans sets, and keeps a growing graph for requests."""

    def __init__(self, model=""):
        name = model.encode()
        self._handle = _handle()
        if _library.graphorder_open(name, len(name), ctypes.byref(self._handle)) != 0:
            raise GraphOrderError

    def __enter__(self):
        return self

    def __exit__(self, *_):
        _library.graphorder_close(self._handle)

    def plan(self, session_set):
        """A document (bytes), and whether it is a plan (0) or a refusal (1)."""
        return self._answer(_library.graphorder_plan, session_set)

    def ask(self, request):
        """The answer to a request (graphorder/request/1), and its status."""
        return self._answer(_library.graphorder_ask, request)

    def _answer(self, call, document):
        answer = _handle()
        status = call(self._handle, document, len(document), ctypes.byref(answer))
        if answer.value == 0:
            raise GraphOrderError
        try:
            text, length = ctypes.c_void_p(), ctypes.c_size_t()
            if _library.graphorder_text(answer, ctypes.byref(text), ctypes.byref(length)) != 0:
                raise GraphOrderError
            return ctypes.string_at(text, length.value), status
        finally:
            _library.graphorder_free(answer)


def live_handles():
    """What was given out and not given back."""
    return _library.graphorder_live_handles()

package main

// #cgo pkg-config: graphorder
// #include <graphorder.h>
import "C"

import "unsafe"

// Refusal is a call that has no answer.
type Refusal struct {
	Status   int
	Sentence string
}

func (refusal *Refusal) Error() string { return refusal.Sentence }

// lastError must run on the thread of the call that failed: callers lock it.
func lastError() error {
	var buffer [1024]C.char
	status := C.graphorder_last_error(&buffer[0], C.size_t(len(buffer)), nil)
	return &Refusal{int(status), C.GoString(&buffer[0])}
}

// Engine may be used by many goroutines.
type Engine struct{ handle C.graphorder_engine }

// Open starts the runtime when it is called first.
func Open() (*Engine, error) {
	engine := &Engine{}
	if C.graphorder_open(nil, 0, &engine.handle) != C.GRAPHORDER_DONE {
		return nil, lastError()
	}
	return engine, nil
}

// Close gives the engine back.
func (engine *Engine) Close() { C.graphorder_close(engine.handle) }

// Plan returns a document, and whether it is a plan (0) or a refusal (1).
func (engine *Engine) Plan(set []byte) ([]byte, int, error) {
	var answer C.graphorder_answer
	first := (*C.char)(unsafe.Pointer(&append(set, 0)[0])) // never of an empty slice
	status := C.graphorder_plan(engine.handle, first, C.size_t(len(set)), &answer)
	if answer == 0 {
		return nil, int(status), lastError()
	}
	defer C.graphorder_free(answer)
	var text *C.char
	var length C.size_t
	if C.graphorder_text(answer, &text, &length) != C.GRAPHORDER_DONE {
		return nil, int(status), lastError()
	}
	return C.GoBytes(unsafe.Pointer(text), C.int(length)), int(status), nil
}

// LiveHandles is what was given out and not given back.
func LiveHandles() uint64 { return uint64(C.graphorder_live_handles()) }

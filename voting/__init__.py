"""The rules of co-operative voting on plain values: no input, output, clock or chance."""

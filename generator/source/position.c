#include "source/position.h"

void position_advance(struct position *position, struct chunk text, size_t to)
{
	for (; position->at < to; position->at++) {
		char byte = text.data[position->at];
		bool lone_return =
		    byte == '\r' && (position->at + 1 == text.len || text.data[position->at + 1] != '\n');
		if (byte == '\n' || lone_return) {
			position->line++;
			position->column = 1;
		} else {
			position->column += begins_character(byte);
		}
	}
}

struct place position_place(struct position position, const char *path)
{
	return (struct place){ path, position.line, position.column };
}

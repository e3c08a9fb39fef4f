#include "proof/pdf_verify.h"

#include <stdlib.h>
#include <string.h>

#include "proof/pdf_date.h"

/* The word behind label, which ends at a comma; NULL when there is none. */
static const char *labelled(struct arena *arena, const char *keywords, const char *label)
{
	const char *from = strstr(keywords, label);
	if (!from || (from != keywords && from[-1] != ' '))
		return NULL;
	from += strlen(label);
	size_t len = strcspn(from, ", ");
	return len > 0 ? arena_strndup(arena, from, len) : NULL;
}

bool pdf_origin_read(const struct pdf_reader *reader, struct pdf_origin *out)
{
	struct arena *arena = reader->arena;
	struct pdf_value info = pdf_reader_resolve(reader, 0, pdf_get(&reader->revisions[0].trailer, "Info"));
	const char *keywords = pdf_text_of(arena, pdf_get(&info, "Keywords"));
	const char *report = labelled(arena, keywords, "report ");
	const char *slash = report ? strchr(report, '/') : NULL;
	*out = (struct pdf_origin){
		.commit = labelled(arena, keywords, "commit "),
		.figures = labelled(arena, keywords, "figures "),
		.as_of = labelled(arena, keywords, "as-of "),
		.program = labelled(arena, keywords, "program "),
	};
	if (!slash || !out->commit || !out->as_of || !out->program)
		return false;
	out->contract = arena_strndup(arena, report, (size_t)(slash - report));
	out->stem = arena_strdup(arena, slash + 1);
	/* What is handed to Git is an id and nothing else. */
	return strlen(out->commit) == 40 && strspn(out->commit, "0123456789abcdef") == 40;
}

/* The revision in which the field got the value that it has in the end. */
static size_t signed_in(const struct pdf_reader *reader, const struct pdf_field *field)
{
	size_t revision = reader->count - 1;
	const struct pdf_value *last = pdf_get(&field->value, "V");
	for (; revision > 0; revision--) {
		struct pdf_value reference = { .kind = PDF_REFERENCE, .integer = field->number };
		const struct pdf_entry *entry = pdf_reader_find(reader, revision - 1, field->number);
		reference.generation = entry ? entry->generation : 0;
		struct pdf_value before = pdf_reader_resolve(reader, revision - 1, &reference);
		if (!pdf_value_same(pdf_get(&before, "V"), last))
			break;
	}
	return revision;
}

/* ByteRange: from the file's begin to the string of Contents, and from its end
 * to the revision's. */
static bool covers(const struct pdf_reader *reader, size_t revision, const struct pdf_value *range,
                   const struct pdf_value *contents)
{
	if (!range || range->kind != PDF_ARRAY || range->count != 4)
		return false;
	for (size_t i = 0; i < 4; i++)
		if (range->items[i].kind != PDF_INTEGER || range->items[i].integer < 0 ||
		    (size_t)range->items[i].integer > reader->file.len)
			return false;
	size_t end = (size_t)(range->items[2].integer + range->items[3].integer);
	return range->items[0].integer == 0 && (size_t)range->items[1].integer == contents->from &&
	       (size_t)range->items[2].integer == contents->to && end == reader->revisions[revision].to;
}

static struct pdf_signature check(const struct pdf_reader *reader, const struct pdf_field *field,
                                  const struct trust *trust)
{
	struct pdf_signature out = { .field = field->name, .revision = signed_in(reader, field) };
	struct pdf_value value = pdf_reader_resolve(reader, out.revision, pdf_get(&field->value, "V"));
	const struct pdf_value *contents = pdf_get(&value, "Contents"), *time = pdf_get(&value, "M");
	const struct pdf_value *kind = pdf_get(&value, "SubFilter");
	bool cades = pdf_is_name(kind, "ETSI.CAdES.detached");
	out.reason = pdf_text_of(reader->arena, pdf_get(&value, "Reason"));
	out.location = pdf_text_of(reader->arena, pdf_get(&value, "Location"));
	out.timed = time && time->kind == PDF_STRING && pdf_date_parse(time->bytes, &out.at);
	if (!contents || contents->kind != PDF_STRING || (!cades && !pdf_is_name(kind, "adbe.pkcs7.detached"))) {
		out.verdict.fault = translate("it is of a kind that is not known here");
		return out;
	}
	out.covers = covers(reader, out.revision, pdf_get(&value, "ByteRange"), contents);
	if (!out.covers) {
		out.verdict.fault = translate("it does not cover the whole of its revision");
		return out;
	}
	struct chunk parts[] = { { reader->file.data, contents->from },
		                 { reader->file.data + contents->to,
		                   reader->revisions[out.revision].to - contents->to } };
	out.verdict = cms_verify(reader->arena, contents->bytes, parts, cades, trust, out.at);
	if (!out.timed && !out.verdict.fault)
		out.verdict.fault = translate("it does not say when it was made");
	return out;
}

static int by_revision(const void *a, const void *b)
{
	const struct pdf_signature *left = a, *right = b;
	if (left->revision != right->revision)
		return left->revision < right->revision ? -1 : 1;
	return strcmp(left->field, right->field);
}

struct pdf_proof pdf_verify(const struct pdf_reader *reader, const struct trust *trust)
{
	struct pdf_proof proof = { 0 };
	struct pdf_fields fields = pdf_reader_fields(reader, reader->count - 1);
	struct pdf_signatures *list = &proof.signatures;
	proof.originates = pdf_origin_read(reader, &proof.origin);
	for (size_t i = 0; i < fields.count; i++)
		if (pdf_get(&fields.items[i].value, "V"))
			arena_push(reader->arena, list->items, list->count, list->capacity,
			           check(reader, &fields.items[i], trust));
		else
			proof.unsigned_fields++;
	if (list->count > 0)
		qsort(list->items, list->count, sizeof *list->items, by_revision);
	proof.changes = pdf_changes_find(reader);
	return proof;
}

struct chunk pdf_first_revision(const struct pdf_reader *reader)
{
	return (struct chunk){ reader->file.data, reader->revisions[0].to };
}

bool pdf_signature_holds(const struct pdf_signature *signature)
{
	const struct cms_verdict *verdict = &signature->verdict;
	bool stamped = !verdict->stamp.present || (!verdict->stamp.fault && verdict->stamp.chain != CHAIN_NOT_TRUSTED);
	return stamped && !verdict->fault && verdict->chain != CHAIN_NOT_TRUSTED;
}

bool pdf_proof_holds(const struct pdf_proof *proof)
{
	for (size_t i = 0; i < proof->signatures.count; i++)
		if (!pdf_signature_holds(&proof->signatures.items[i]))
			return false;
	return proof->changes.count == 0;
}

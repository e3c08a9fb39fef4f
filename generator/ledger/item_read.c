/* The lists of items, and what amendments do to them. */
#include <string.h>

#include "ledger/reader.h"

/* A list of contract.json, and the array of struct contract it is read into.
 * Every item's struct begins with its struct item. */
struct item_list {
	const char *key;
	size_t items, count, capacity; /* offsets in struct contract */
	size_t size;                   /* of one item */
	bool (*read)(struct reader *reader, const struct value *value, void *out);
};

#define ITEM_LIST(key, plural, singular, read)                                                                         \
	{                                                                                                              \
		key, offsetof(struct contract, plural), offsetof(struct contract, singular##_count),                   \
		    offsetof(struct contract, singular##_capacity), sizeof *((struct contract *)0)->plural, read       \
	}

static const struct item_list LISTS[] = {
	ITEM_LIST("targets", targets, target, read_target),
	ITEM_LIST("duties", duties, duty, read_duty),
	ITEM_LIST("limits", limits, limit, read_limit),
	ITEM_LIST("staff_rules", staff_rules, staff_rule, read_staff_rule),
	ITEM_LIST("payment", payments, payment, read_payment),
	ITEM_LIST("demands", demands, demand, read_demand),
	ITEM_LIST("reports", reports, report, read_report),
};

enum { LIST_COUNT = sizeof LISTS / sizeof *LISTS };

static size_t *list_count(struct contract *contract, const struct item_list *list)
{
	return (size_t *)(void *)((char *)contract + list->count);
}

static char *list_items(const struct contract *contract, const struct item_list *list)
{
	char *items;
	memcpy(&items, (const char *)contract + list->items, sizeof items);
	return items;
}

static struct item *list_at(struct contract *contract, const struct item_list *list, size_t index)
{
	return (struct item *)(void *)(list_items(contract, list) + index * list->size);
}

/* Puts the item, size bytes, into the list at index. */
static void list_insert(struct contract *contract, const struct item_list *list, size_t index, const void *item)
{
	size_t *count = list_count(contract, list);
	size_t *capacity = (size_t *)(void *)((char *)contract + list->capacity);
	char *items = arena_grow(contract->arena, list_items(contract, list), *count, capacity, list->size);
	memcpy((char *)contract + list->items, &items, sizeof items);
	memmove(items + (index + 1) * list->size, items + index * list->size, (*count - index) * list->size);
	memcpy(items + index * list->size, item, list->size);
	++*count;
}

/* The latest version of the item of that id: its index, or SIZE_MAX. */
static size_t list_find(struct contract *contract, const struct item_list *list, const char *id)
{
	for (size_t i = *list_count(contract, list); i-- > 0;)
		if (strcmp(list_at(contract, list, i)->id, id) == 0)
			return i;
	return SIZE_MAX;
}

static void read_base_list(struct reader *reader, const struct value *object, const struct item_list *list)
{
	struct contract *contract = reader->contract;
	const struct value *values = read_list(reader, object, list->key);
	for (size_t i = 0; values && i < values->as.array.count; i++) {
		const struct value *value = values->as.array.items[i];
		void *item = arena_alloc(reader->arena, list->size);
		const char *id = value_get_string(value, "id");
		if (id && list_find(contract, list, id) != SIZE_MAX)
			FAULT(reader, value_get(value, "id")->place, MSG_CONTRACT_ID_TWICE, id);
		else if (list->read(reader, value, item))
			list_insert(contract, list, *list_count(contract, list), item);
	}
}

/* Ends item, unless it has ended before. */
static void end_item(struct item *item, struct date effective)
{
	if (item->valid.to.day > effective.day)
		item->valid.to = effective;
}

/* Replaces the item of that id from the effective day on, or adds it. */
static void amend_list(struct reader *reader, const struct value *changes, const struct item_list *list,
                       struct date effective)
{
	struct contract *contract = reader->contract;
	const struct value *values = read_list(reader, changes, list->key);
	for (size_t i = 0; values && i < values->as.array.count; i++) {
		void *item = arena_alloc(reader->arena, list->size);
		if (!list->read(reader, values->as.array.items[i], item))
			continue;
		struct item *version = item;
		version->valid.from = effective;
		size_t earlier = list_find(contract, list, version->id);
		if (earlier == SIZE_MAX) {
			list_insert(contract, list, *list_count(contract, list), item);
			continue;
		}
		struct item *replaced = list_at(contract, list, earlier);
		if (replaced->valid.from.day >= effective.day) {
			FAULT(reader, version->place, MSG_CONTRACT_ID_TWICE, version->id);
			continue;
		}
		end_item(replaced, effective);
		list_insert(contract, list, earlier + 1, item);
	}
}

static void end_items(struct reader *reader, const struct value *changes, struct date effective)
{
	struct contract *contract = reader->contract;
	const char **ids = NULL;
	size_t count = 0;
	read_texts(reader, changes, "end", &ids, &count);
	for (size_t i = 0; i < count; i++) {
		bool found = false;
		for (size_t l = 0; l < LIST_COUNT; l++) {
			size_t index = list_find(contract, &LISTS[l], ids[i]);
			if (index == SIZE_MAX)
				continue;
			end_item(list_at(contract, &LISTS[l], index), effective);
			found = true;
		}
		if (!found)
			FAULT(reader, value_get(changes, "end")->place, MSG_AMENDMENT_ITEM_UNKNOWN, ids[i]);
	}
}

static void read_amendments(struct reader *reader, const struct value *object)
{
	static const char *const keys[] = { "id", "name", "effective", "changes", NULL };
	static const char *const change_keys[] = { "targets", "duties",  "limits", "staff_rules", "payment",
		                                   "demands", "reports", "end",    NULL };
	struct contract *contract = reader->contract;
	const struct value *list = read_list(reader, object, "amendments");
	for (size_t i = 0; list && i < list->as.array.count; i++) {
		const struct value *value = list->as.array.items[i];
		struct amendment amendment = { .place = value->place };
		if (!read_keys(reader, value, "amendment", keys) || !read_required(reader, value, "amendment", "id") ||
		    !read_required(reader, value, "amendment", "effective") ||
		    !read_required(reader, value, "amendment", "changes") ||
		    !read_text(reader, value, "id", &amendment.id) ||
		    !read_date(reader, value, "effective", &amendment.effective))
			continue;
		amendment.name = amendment.id;
		read_text(reader, value, "name", &amendment.name);
		struct date effective = amendment.effective;
		const struct amendment *last =
		    contract->amendment_count ? &contract->amendments[contract->amendment_count - 1] : NULL;
		if (effective.day <= contract->term.from.day || effective.day >= contract->term.to.day ||
		    (last && last->effective.day > effective.day))
			FAULT(reader, value_get(value, "effective")->place, MSG_AMENDMENT_DATE);
		arena_push(contract->arena, contract->amendments, contract->amendment_count,
		           contract->amendment_capacity, amendment);
		const struct value *changes = value_get(value, "changes");
		if (!read_keys(reader, changes, "changes", change_keys))
			continue;
		for (size_t l = 0; l < LIST_COUNT; l++)
			amend_list(reader, changes, &LISTS[l], effective);
		end_items(reader, changes, effective);
	}
}

void read_items(struct reader *reader, const struct value *object)
{
	for (size_t i = 0; i < LIST_COUNT; i++)
		read_base_list(reader, object, &LISTS[i]);
	read_amendments(reader, object);
}

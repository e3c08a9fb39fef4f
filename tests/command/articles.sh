#!/usr/bin/env bash
# What is wrong in articles is told with its place, and nothing else is.
source "$(dirname "$0")/../lib.sh"
subject=$work/repository
clone "$subject"
told() { LC_ALL=en_US.UTF-8 "$OPSLEDGER" -C "$subject" check 2>&1 | grep '^kb/' | sed 's/;.*//'; }
same "tells nothing of the articles as they are" "" "$(told)"

cat >"$subject/kb/manuals/zz-one.md" <<'ARTICLE'
---
title: 示例文章
kind: manual
owners: 驻场工程师甲
---

# 示例文章

[没有的文章](nowhere.md)与[有的文章](mysql-failover.md)。

![没有的图](none.png)

[[hengqin-admin/incidents/INC-1999-0001]]

[没有的标题](#无此节)，[有的标题](#示例文章)，[也有](#%E7%A4%BA%E4%BE%8B%E6%96%87%E7%AB%A0)，[页首](#)。

[别处没有的标题](../plans/emergency-plan.md#无此节)，[别处有的](../plans/emergency-plan.md#联系方式)。

```flow
{"title": "图", "steps": [
  {"text": "甲", "next": "b"},
  {"id": "a", "text": "乙", "kind": "end"}]}
```
ARTICLE
printf -- '---\ntitle: 示例文章\nkind: manual\n---\n\n正文。\n' >"$subject/kb/manuals/zz-two.md"
commit_all "$subject" "break articles"
same "tells unknown keys, dead links and places, missing pictures and records, faults in a flow chart, and a title that another has" \
  'kb/manuals/zz-one.md:4:1: error: front matter has no key "owners"
kb/manuals/zz-one.md:9:1: error: the link leads nowhere: there is no nowhere.md
kb/manuals/zz-one.md:11:1: error: the link leads nowhere: there is no none.png
kb/manuals/zz-one.md:13:1: error: the link leads nowhere: there is no hengqin-admin/incidents/INC-1999-0001
kb/manuals/zz-one.md:15:1: error: the link leads to a place that kb/manuals/zz-one.md does not have: #无此节
kb/manuals/zz-one.md:17:1: error: the link leads to a place that kb/plans/emergency-plan.md does not have: #无此节
kb/manuals/zz-one.md:21:25: error: no step has the id b
kb/manuals/zz-one.md:22:3: error: no way leads to "乙" from where the process begins
kb/manuals/zz-two.md:1:1: error: the title "示例文章" is that of kb/manuals/zz-one.md too' "$(told)"
finish

#!/usr/bin/env bash
# Pictures in reports: beside the template and among the records, in the PDF and on the page; missing and broken ones.
source "$(dirname "$0")/../lib.sh"
cd "$ROOT" || exit 1
own=$work/own
git clone -q "$ROOT" "$own"
git -C "$own" config user.name tester && git -C "$own" config user.email tester@example.invalid

report() { # report FILE
  "$OPSLEDGER" -C "$own" --as-of 2026-11-21T18:00+08:00 report monthly --contract hengqin-admin --period 2026-03 -o "$1"
}
commit() { git -C "$own" add -A && git -C "$own" commit -qm "$1"; }

ok "prints a report to take pictures of" report "$work/month.pdf"
mkdir -p "$own/templates/pictures" "$own/records/hengqin-admin/attachments"
pdftoppm -r 20 -f 1 -l 1 -singlefile -png "$work/month.pdf" "$own/templates/pictures/cover"
pdftoppm -r 20 -f 1 -l 1 -singlefile -jpeg "$work/month.pdf" "$own/records/hengqin-admin/attachments/cover"
cat >"$own/templates/monthly.md" <<'MARKDOWN'
# 现场照片

![封面](pictures/cover.png "图1 封面")

![存档](../records/hengqin-admin/attachments/cover.jpg)

![封面](pictures/cover.png)
MARKDOWN
commit "pictures"
ok "prints a report with pictures" report "$work/pictures.pdf"
pdfimages -list "$work/pictures.pdf" | tail -n +3 >"$work/list"
same "shows all three" 3 "$(wc -l <"$work/list")"
same "holds each picture once" 2 "$(awk '{ print $11 }' "$work/list" | sort -u | wc -l)"
same "one of them as the JPEG that it is" 1 "$(awk '$9 == "jpeg"' "$work/list" | wc -l)"
pdfimages -f 1 -l 1 "$work/pictures.pdf" "$work/shown"
pdftoppm -r 20 -f 1 -l 1 -singlefile "$work/month.pdf" "$work/cover"
ok "the PNG to the pixel" cmp "$work/cover.ppm" "$work/shown-000.ppm"
same "says what is on them" 1 "$(pdfinfo -struct-text "$work/pictures.pdf" | grep -c '图1 封面')"

cat >"$own/templates/monthly.md" <<'MARKDOWN'
# 现场照片

文字 ![没有](pictures/missing.png)

![坏的](pictures/broken.png) ![外面](../../outside.png)
MARKDOWN
head -c 200 "$own/templates/pictures/cover.png" >"$own/templates/pictures/broken.png"
commit "broken pictures"
status "does not print what cannot be shown" 1 report "$work/broken.pdf"
for place in 3:4 5:1 5:28; do
  same "tells where: $place" 1 "$(grep -c "^templates/monthly.md:$place: error:" "$work/err")"
done
finish

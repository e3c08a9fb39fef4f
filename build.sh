#!/usr/bin/env bash
# Installs what is missing, builds opsledger and runs it on this repository.
#
#   ./build.sh         the program, then the site and the reports of HEAD into out/
#   ./build.sh test    all tests; the last line is "N passed, N failed"
#   ./build.sh bench   peers side by side; takes half an hour and some gigabytes
#
# Packages come from Debian (12 or later); the tests add a few npm packages.
set -euo pipefail
cd "$(dirname "$0")"

build_packages=(
  ca-certificates git make gcc libc6-dev pkg-config gettext
  libgit2-dev libcmark-gfm-dev libcmark-gfm-extensions-dev libhpdf-dev libcsv-dev libcjson-dev
  libharfbuzz-dev libicu-dev libssl-dev libpng-dev libjpeg-dev libqrencode-dev libyaml-dev zlib1g-dev libdeflate-dev
  fonts-noto-cjk fonts-lxgw-wenkai icc-profiles-free
)
test_packages=(
  clang libclang-rt-dev llvm libcmocka-dev valgrind python3 gawk gnupg openssh-client
  poppler-utils qpdf libpdfbox2-java libjaxb-api-java libactivation-java libcommons-logging-java default-jre-headless zbar-tools libnss3-tools openssl chromium
)

bench_packages=(
  hugo weasyprint mandoc libreoffice-help-zh-cn gimp-help-zh-cn debian-reference-zh-cn debian-faq-zh-cn debian-handbook
  debian-edu-doc-zh-cn manpages-zh
)

# Installs those of the named packages that are missing.
ensure() {
  local missing=() package
  for package in "$@"; do
    dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing+=("$package")
  done
  [ ${#missing[@]} -eq 0 ] && return
  echo "Installing: ${missing[*]}"
  local as_root=()
  [ "$(id -u)" -eq 0 ] || as_root=(sudo)
  "${as_root[@]}" apt-get update -qq
  DEBIAN_FRONTEND=noninteractive "${as_root[@]}" apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
}

# Whatever tests need.
ensure_tests() {
  ensure "${build_packages[@]}" "${test_packages[@]}"
  command -v node >/dev/null && command -v npm >/dev/null || ensure nodejs npm
  (cd tests && npm install --silent --no-audit --no-fund --no-package-lock)
}

jobs=$(nproc)
case "${1:-}" in
'')
  ensure "${build_packages[@]}"
  make -s -j"$jobs" all
  build/opsledger build --out out
  echo "Open out/index.html: the home page, with every report and record below it."
  ;;
test)
  ensure_tests
  make -s -j"$jobs" check
  ;;
bench)
  ensure_tests
  ensure "${bench_packages[@]}"
  make -s -j"$jobs" bench
  ;;
*)
  echo "usage: ./build.sh [test | bench]" >&2
  exit 2
  ;;
esac

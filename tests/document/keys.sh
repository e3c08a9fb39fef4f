# Sourced by the tests of signatures, behind lib.sh: keys and certificates that were made a moment ago, the PDF/A
# validator, and a look at the answer of verify.
unset LC_ALL LC_MESSAGES
export LANG=en_US.UTF-8
export OPSLEDGER_PASSWORD=secret-of-the-test

authority() { # authority NAME
  openssl req -x509 -newkey rsa:2048 -nodes -keyout "$work/$1.key" -out "$work/$1.pem" -days 30 -subj "/CN=$1" \
    -addext basicConstraints=critical,CA:TRUE -addext keyUsage=critical,keyCertSign 2>/dev/null
}
certificate() { # certificate NAME COMMON_NAME USAGE KEY_OPTIONS …: by the authority ca
  local name=$1 common=$2 usage=$3
  shift 3
  openssl req "$@" -nodes -keyout "$work/$name.key" -out "$work/$name.csr" -utf8 -subj "/CN=$common" 2>/dev/null
  openssl x509 -req -in "$work/$name.csr" -CA "$work/ca.pem" -CAkey "$work/ca.key" -CAcreateserial -days 30 \
    -extfile <(printf 'basicConstraints=CA:FALSE\nkeyUsage=digitalSignature,nonRepudiation\nextendedKeyUsage=%s\n' "$usage") \
    -out "$work/$name.pem" 2>/dev/null
}
signer() { # signer NAME COMMON_NAME KEY_OPTIONS …
  local name=$1 common=$2
  shift 2
  certificate "$name" "$common" emailProtection "$@"
  openssl pkcs12 -export -inkey "$work/$name.key" -in "$work/$name.pem" -certfile "$work/ca.pem" -name "$name" \
    -passout "pass:$OPSLEDGER_PASSWORD" -out "$work/$name.p12"
}

verdict() { # verdict FILE EXPRESSION: of the JSON answer v
  "$OPSLEDGER" verify "$1" --trust "$work/ca.pem" --json >"$work/json" 2>/dev/null
  python3 -c "import json, sys; v = json.load(open(sys.argv[1])); print($2)" "$work/json"
}

# The class path of PDFBox's validator.
jars=/usr/share/java
class_path=$jars/preflight.jar:$jars/pdfbox2.jar:$jars/xmpbox.jar:$jars/fontbox2.jar
class_path=$class_path:$jars/jaxb-api.jar:$jars/commons-logging.jar:$jars/javax.activation.jar

# Sourced by the tests of signatures, behind lib.sh: keys and certificates made for the occasion, the PDF/A
# validator, and a look at the answer of verify.
unset LC_ALL LC_MESSAGES
export LANG=en_US.UTF-8
export OPSLEDGER_PASSWORD=secret-of-the-test

# Certificates begin in 2020, so that tests may sign at a fixed time whenever they are run.
: >"$work/index"
printf '%s\n' '[ca]' 'default_ca=ours' '[ours]' "database=$work/index" "new_certs_dir=$work" 'unique_subject=no' \
  'rand_serial=yes' 'default_md=sha256' 'policy=names' '[names]' 'commonName=supplied' >"$work/ca.cnf"

issue() { # issue NAME END EXTENSIONS OPTION …: of the key and the request of that name
  openssl ca -batch -notext -config "$work/ca.cnf" -in "$work/$1.csr" -out "$work/$1.pem" -startdate 20200101000000Z \
    -enddate "$2" -extfile <(printf "$3") "${@:4}" 2>/dev/null
}
authority() { # authority NAME
  openssl req -newkey rsa:2048 -nodes -keyout "$work/$1.key" -out "$work/$1.csr" -subj "/CN=$1" 2>/dev/null
  issue "$1" 20500101000000Z 'basicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign\nsubjectKeyIdentifier=hash\n' \
    -selfsign -keyfile "$work/$1.key"
}
certificate() { # certificate NAME COMMON_NAME USAGE KEY_OPTIONS …: by the authority ca, until 2050 or $until
  openssl req "${@:4}" -nodes -keyout "$work/$1.key" -out "$work/$1.csr" -utf8 -subj "/CN=$2" 2>/dev/null
  issue "$1" "${until:-20500101000000Z}" \
    "basicConstraints=CA:FALSE\nkeyUsage=digitalSignature,nonRepudiation\nextendedKeyUsage=$3\n" \
    -cert "$work/ca.pem" -keyfile "$work/ca.key"
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

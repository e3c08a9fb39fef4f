#include "proof/cms.h"

#include <limits.h>
#include <openssl/cms.h>
#include <openssl/err.h>
#include <openssl/ess.h>
#include <openssl/pem.h>
#include <openssl/pkcs12.h>
#include <stdlib.h>
#include <string.h>

struct cms_signer {
	EVP_PKEY *key;
	X509 *certificate;
	STACK_OF(X509) * chain; /* may be NULL */
};

struct cms_trust {
	X509_STORE *store;
};

static _Noreturn void broken(void)
{
	die("the cryptographic library failed: %s", ERR_error_string(ERR_peek_last_error(), NULL));
}

static BIO *reading(struct chunk bytes)
{
	if (bytes.len > INT_MAX)
		die("%zu bytes are more than the cryptographic library takes", bytes.len);
	BIO *bio = BIO_new_mem_buf(bytes.len > 0 ? bytes.data : "", (int)bytes.len);
	if (!bio)
		broken();
	return bio;
}

struct cms_signer *cms_signer_open(const char *path, struct chunk bytes, const char *password, struct diags *diags)
{
	struct place place = { path, 0, 0 };
	BIO *bio = reading(bytes);
	PKCS12 *p12 = d2i_PKCS12_bio(bio, NULL);
	BIO_free(bio);
	if (!p12) {
		DIAG(diags, place, MSG_SIGNER_UNREADABLE);
		ERR_clear_error();
		return NULL;
	}
	struct cms_signer *signer = xcalloc(1, sizeof *signer);
	bool opened = PKCS12_parse(p12, password, &signer->key, &signer->certificate, &signer->chain) == 1;
	PKCS12_free(p12);
	if (!opened)
		DIAG(diags, place, MSG_SIGNER_PASSWORD);
	else if (!signer->key || !signer->certificate)
		DIAG(diags, place, MSG_SIGNER_INCOMPLETE);
	else if (EVP_PKEY_is_a(signer->key, "RSA") || EVP_PKEY_is_a(signer->key, "EC"))
		return signer;
	else
		DIAG(diags, place, MSG_SIGNER_ALGORITHM, EVP_PKEY_get0_type_name(signer->key));
	ERR_clear_error();
	cms_signer_free(signer);
	return NULL;
}

void cms_signer_free(struct cms_signer *signer)
{
	if (!signer)
		return;
	EVP_PKEY_free(signer->key);
	X509_free(signer->certificate);
	sk_X509_pop_free(signer->chain, X509_free);
	free(signer);
}

static const char *name_text(struct arena *arena, const X509_NAME *name)
{
	int at = X509_NAME_get_index_by_NID(name, NID_commonName, -1);
	unsigned char *common = NULL;
	int len = at < 0 ? -1 : ASN1_STRING_to_UTF8(&common, X509_NAME_ENTRY_get_data(X509_NAME_get_entry(name, at)));
	char *text = NULL;
	if (len > 0 && memchr(common, '\0', (size_t)len) == NULL)
		text = arena_strndup(arena, (const char *)common, (size_t)len);
	OPENSSL_free(common);
	if (text)
		return text;
	BIO *bio = BIO_new(BIO_s_mem());
	if (!bio || X509_NAME_print_ex(bio, name, 0, XN_FLAG_RFC2253 & ~ASN1_STRFLGS_ESC_MSB) < 0)
		broken();
	char *bytes;
	long count = BIO_get_mem_data(bio, &bytes);
	text = arena_strndup(arena, count > 0 ? bytes : "", (size_t)count);
	BIO_free(bio);
	return text;
}

const char *cms_signer_name(const struct cms_signer *signer, struct arena *arena)
{
	return name_text(arena, X509_get_subject_name(signer->certificate));
}

size_t cms_signer_room(const struct cms_signer *signer)
{
	/* Attributes, algorithms and the names of issuers, with room to spare. */
	size_t room = 2048 + (size_t)EVP_PKEY_get_size(signer->key) + 2 * (size_t)i2d_X509(signer->certificate, NULL);
	for (int i = 0; i < sk_X509_num(signer->chain); i++)
		room += (size_t)i2d_X509(sk_X509_value(signer->chain, i), NULL);
	return room;
}

bool cms_signer_holds_at(const struct cms_signer *signer, struct instant at)
{
	time_t time = (time_t)at.seconds;
	return X509_cmp_time(X509_get0_notBefore(signer->certificate), &time) < 0 &&
	       X509_cmp_time(X509_get0_notAfter(signer->certificate), &time) > 0;
}

static void digest_parts(const EVP_MD *md, const struct chunk parts[2], unsigned char *out, unsigned *len)
{
	EVP_MD_CTX *context = EVP_MD_CTX_new();
	if (!context || !EVP_DigestInit_ex(context, md, NULL) ||
	    !EVP_DigestUpdate(context, parts[0].data, parts[0].len) ||
	    !EVP_DigestUpdate(context, parts[1].data, parts[1].len) || !EVP_DigestFinal_ex(context, out, len))
		broken();
	EVP_MD_CTX_free(context);
}

/* DER of a SET OF: its members in the order of their bytes (X.690, 11.6). */
static int compare_encodings(const void *a, const void *b)
{
	const struct chunk *left = a, *right = b;
	int order = memcmp(left->data, right->data, left->len < right->len ? left->len : right->len);
	return order ? order : (left->len > right->len) - (left->len < right->len);
}

static void encode_attributes(CMS_SignerInfo *info, struct buf *out)
{
	struct arena *arena = arena_new();
	int count = CMS_signed_get_attr_count(info);
	struct chunk *attributes = arena_alloc(arena, (size_t)count * sizeof *attributes);
	size_t total = 0;
	for (int i = 0; i < count; i++) {
		unsigned char *der = NULL;
		int len = i2d_X509_ATTRIBUTE(CMS_signed_get_attr(info, i), &der);
		if (len <= 0)
			broken();
		attributes[i] = (struct chunk){ arena_strndup(arena, (const char *)der, (size_t)len), (size_t)len };
		total += (size_t)len;
		OPENSSL_free(der);
	}
	qsort(attributes, (size_t)count, sizeof *attributes, compare_encodings);
	unsigned char head[16], *end = head;
	ASN1_put_object(&end, 1, (int)total, V_ASN1_SET, V_ASN1_UNIVERSAL);
	buf_put(out, head, (size_t)(end - head));
	for (int i = 0; i < count; i++)
		buf_put_chunk(out, attributes[i]);
	arena_free(arena);
}

/* CMS_final would add the time of the host's clock to what is signed, so that
 * the attributes are signed here. */
static void sign_attributes(CMS_SignerInfo *info, const struct cms_signer *signer)
{
	struct buf attributes = BUF_INIT;
	encode_attributes(info, &attributes);
	EVP_MD_CTX *context = EVP_MD_CTX_new();
	const unsigned char *data = (const unsigned char *)attributes.data;
	size_t len = 0;
	if (!context || EVP_DigestSignInit(context, NULL, EVP_sha256(), NULL, signer->key) <= 0 ||
	    EVP_DigestSign(context, NULL, &len, data, attributes.len) <= 0)
		broken();
	unsigned char *signature = xmalloc(len);
	if (EVP_DigestSign(context, signature, &len, data, attributes.len) <= 0 ||
	    !ASN1_STRING_set(CMS_SignerInfo_get0_signature(info), signature, (int)len))
		broken();
	free(signature);
	EVP_MD_CTX_free(context);
	buf_free(&attributes);
}

void cms_sign(const struct cms_signer *signer, const struct chunk parts[2], struct buf *out)
{
	const unsigned flags = CMS_PARTIAL | CMS_DETACHED | CMS_BINARY | CMS_CADES | CMS_NOSMIMECAP;
	CMS_ContentInfo *cms = CMS_sign(NULL, NULL, signer->chain, NULL, flags);
	CMS_SignerInfo *info = cms ? CMS_add1_signer(cms, signer->certificate, signer->key, EVP_sha256(), flags) : NULL;
	unsigned char digest[EVP_MAX_MD_SIZE];
	unsigned len;
	digest_parts(EVP_sha256(), parts, digest, &len);
	if (!info ||
	    CMS_signed_add1_attr_by_NID(info, NID_pkcs9_contentType, V_ASN1_OBJECT, OBJ_nid2obj(NID_pkcs7_data), -1) <=
	        0 ||
	    CMS_signed_add1_attr_by_NID(info, NID_pkcs9_messageDigest, V_ASN1_OCTET_STRING, digest, (int)len) <= 0)
		broken();
	sign_attributes(info, signer);
	unsigned char *der = NULL;
	int size = i2d_CMS_ContentInfo(cms, &der);
	if (size <= 0)
		broken();
	buf_put(out, der, (size_t)size);
	OPENSSL_free(der);
	CMS_ContentInfo_free(cms);
}

struct cms_trust *cms_trust_open(const char *path, struct chunk pem, struct diags *diags)
{
	struct cms_trust *trust = xcalloc(1, sizeof *trust);
	BIO *bio = reading(pem);
	size_t count = 0;
	trust->store = X509_STORE_new();
	if (!trust->store)
		broken();
	for (X509 *certificate; (certificate = PEM_read_bio_X509(bio, NULL, NULL, NULL)); count++) {
		if (!X509_STORE_add_cert(trust->store, certificate))
			broken();
		X509_free(certificate);
	}
	ERR_clear_error();
	BIO_free(bio);
	if (count > 0)
		return trust;
	DIAG(diags, ((struct place){ path, 0, 0 }), MSG_TRUST_UNREADABLE);
	cms_trust_free(trust);
	return NULL;
}

void cms_trust_free(struct cms_trust *trust)
{
	if (!trust)
		return;
	X509_STORE_free(trust->store);
	free(trust);
}

/* Whether the attribute that names the signing certificate names this one. */
static bool names_certificate(CMS_SignerInfo *info, X509 *certificate, bool *named)
{
	ASN1_OBJECT *type = OBJ_nid2obj(NID_id_smime_aa_signingCertificateV2);
	const ASN1_STRING *value = CMS_signed_get0_data_by_OBJ(info, type, -3, V_ASN1_SEQUENCE);
	*named = value != NULL;
	if (!value)
		return false;
	const unsigned char *der = ASN1_STRING_get0_data(value);
	ESS_SIGNING_CERT_V2 *list = d2i_ESS_SIGNING_CERT_V2(NULL, &der, ASN1_STRING_length(value));
	STACK_OF(X509) *chain = sk_X509_new_null();
	if (!chain || !sk_X509_push(chain, certificate))
		broken();
	bool same = list && OSSL_ESS_check_signing_certs(NULL, list, chain, 1) > 0;
	sk_X509_free(chain);
	ESS_SIGNING_CERT_V2_free(list);
	return same;
}

static bool is_strong(const X509_ALGOR *algorithm)
{
	int nid = OBJ_obj2nid(algorithm->algorithm);
	return nid == NID_sha256 || nid == NID_sha384 || nid == NID_sha512 || nid == NID_sm3;
}

static void check_chain(struct arena *arena, CMS_ContentInfo *cms, X509 *certificate, const struct cms_trust *trust,
                        struct instant at, struct cms_verdict *out)
{
	STACK_OF(X509) *others = CMS_get1_certs(cms);
	X509_STORE_CTX *context = X509_STORE_CTX_new();
	if (!context || !X509_STORE_CTX_init(context, trust->store, certificate, others))
		broken();
	X509_VERIFY_PARAM *rules = X509_STORE_CTX_get0_param(context);
	X509_VERIFY_PARAM_set_time(rules, (time_t)at.seconds);
	X509_VERIFY_PARAM_set_flags(rules, X509_V_FLAG_PARTIAL_CHAIN);
	out->chain = X509_verify_cert(context) > 0 ? CMS_CHAIN_TRUSTED : CMS_CHAIN_NOT_TRUSTED;
	if (out->chain == CMS_CHAIN_NOT_TRUSTED)
		out->chain_fault =
		    arena_strdup(arena, X509_verify_cert_error_string(X509_STORE_CTX_get_error(context)));
	X509_STORE_CTX_free(context);
	sk_X509_pop_free(others, X509_free);
}

/* Why the only signer's signature does not hold; NULL when it does. */
static const char *find_fault(CMS_ContentInfo *cms, CMS_SignerInfo *info, X509 *certificate,
                              const struct chunk parts[2], bool cades, struct cms_verdict *out)
{
	const ASN1_OBJECT *type = OBJ_nid2obj(NID_pkcs9_messageDigest);
	const ASN1_STRING *claimed = CMS_signed_get0_data_by_OBJ(info, type, -3, V_ASN1_OCTET_STRING);
	X509_ALGOR *algorithm;
	unsigned char digest[EVP_MAX_MD_SIZE];
	unsigned len;
	bool named;
	CMS_SignerInfo_get0_algs(info, NULL, NULL, &algorithm, NULL);
	int nid = OBJ_obj2nid(algorithm->algorithm);
	out->digest = nid == NID_undef ? NULL : OBJ_nid2sn(nid);
	const EVP_MD *md = is_strong(algorithm) ? EVP_get_digestbyobj(algorithm->algorithm) : NULL;
	if (!md)
		return translate("its digest is too weak or not known");
	if (!claimed || OBJ_obj2nid(CMS_get0_eContentType(cms)) != NID_pkcs7_data)
		return translate("the digest of the content is not among what it signs");
	digest_parts(md, parts, digest, &len);
	if (ASN1_STRING_length(claimed) != (int)len || memcmp(ASN1_STRING_get0_data(claimed), digest, len) != 0)
		return translate("the bytes are not those that were signed");
	CMS_SignerInfo_set1_signer_cert(info, certificate);
	if (CMS_SignerInfo_verify(info) <= 0)
		return translate("it was not made with the key of its certificate");
	if (!names_certificate(info, certificate, &named) && (named || cades))
		return translate("it does not name its certificate, as PAdES wants");
	return NULL;
}

struct cms_verdict cms_verify(struct arena *arena, struct chunk der, const struct chunk parts[2], bool cades,
                              const struct cms_trust *trust, struct instant at)
{
	struct cms_verdict verdict = { 0 };
	const unsigned char *bytes = (const unsigned char *)der.data;
	CMS_ContentInfo *cms = der.len > LONG_MAX ? NULL : d2i_CMS_ContentInfo(NULL, &bytes, (long)der.len);
	if (!cms || OBJ_obj2nid(CMS_get0_type(cms)) != NID_pkcs7_signed) {
		verdict.fault = translate("it is no CMS signature");
	} else {
		STACK_OF(CMS_SignerInfo) *infos = CMS_get0_SignerInfos(cms);
		STACK_OF(X509) *certificates = CMS_get1_certs(cms);
		CMS_SignerInfo *info = sk_CMS_SignerInfo_num(infos) == 1 ? sk_CMS_SignerInfo_value(infos, 0) : NULL;
		X509 *certificate = NULL;
		for (int i = 0; info && !certificate && i < sk_X509_num(certificates); i++)
			if (CMS_SignerInfo_cert_cmp(info, sk_X509_value(certificates, i)) == 0)
				certificate = sk_X509_value(certificates, i);
		if (!certificate) {
			verdict.fault = translate("it has not one signer with a certificate");
		} else {
			verdict.signer = name_text(arena, X509_get_subject_name(certificate));
			verdict.issuer = name_text(arena, X509_get_issuer_name(certificate));
			verdict.fault = find_fault(cms, info, certificate, parts, cades, &verdict);
			if (trust)
				check_chain(arena, cms, certificate, trust, at, &verdict);
		}
		sk_X509_pop_free(certificates, X509_free);
	}
	CMS_ContentInfo_free(cms);
	ERR_clear_error();
	return verdict;
}

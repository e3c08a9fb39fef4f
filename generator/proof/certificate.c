#include "proof/certificate.h"

#include <limits.h>
#include <openssl/err.h>
#include <openssl/ess.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>
#include <stdlib.h>
#include <string.h>

struct trust {
	X509_STORE *store;
};

void openssl_broken(void)
{
	die("the cryptographic library failed: %s", ERR_error_string(ERR_peek_last_error(), NULL));
}

BIO *openssl_reading(struct chunk bytes)
{
	if (bytes.len > INT_MAX)
		die("%zu bytes are more than the cryptographic library takes", bytes.len);
	BIO *bio = BIO_new_mem_buf(bytes.len > 0 ? bytes.data : "", (int)bytes.len);
	if (!bio)
		openssl_broken();
	return bio;
}

struct chunk openssl_chunk(const ASN1_STRING *string)
{
	struct chunk chunk = { "", 0 };
	if (string)
		chunk =
		    (struct chunk){ (const char *)ASN1_STRING_get0_data(string), (size_t)ASN1_STRING_length(string) };
	return chunk;
}

void openssl_digest(const EVP_MD *md, const struct chunk parts[2], unsigned char out[EVP_MAX_MD_SIZE], unsigned *len)
{
	EVP_MD_CTX *context = EVP_MD_CTX_new();
	if (!context || !EVP_DigestInit_ex(context, md, NULL) ||
	    !EVP_DigestUpdate(context, parts[0].data, parts[0].len) ||
	    !EVP_DigestUpdate(context, parts[1].data, parts[1].len) || !EVP_DigestFinal_ex(context, out, len))
		openssl_broken();
	EVP_MD_CTX_free(context);
}

const EVP_MD *openssl_strong_digest(const X509_ALGOR *algorithm)
{
	int nid = OBJ_obj2nid(algorithm->algorithm);
	bool strong = nid == NID_sha256 || nid == NID_sha384 || nid == NID_sha512 || nid == NID_sm3;
	return strong ? EVP_get_digestbynid(nid) : NULL;
}

const char *certificate_name(struct arena *arena, const X509_NAME *name)
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
		openssl_broken();
	char *bytes;
	long count = BIO_get_mem_data(bio, &bytes);
	text = arena_strndup(arena, count > 0 ? bytes : "", (size_t)count);
	BIO_free(bio);
	return text;
}

CMS_SignerInfo *certificate_of_signer(CMS_ContentInfo *cms, STACK_OF(X509) * certificates, X509 **certificate)
{
	STACK_OF(CMS_SignerInfo) *infos = CMS_get0_SignerInfos(cms);
	CMS_SignerInfo *info = sk_CMS_SignerInfo_num(infos) == 1 ? sk_CMS_SignerInfo_value(infos, 0) : NULL;
	*certificate = NULL;
	for (int i = 0; info && !*certificate && i < sk_X509_num(certificates); i++)
		if (CMS_SignerInfo_cert_cmp(info, sk_X509_value(certificates, i)) == 0)
			*certificate = sk_X509_value(certificates, i);
	return *certificate ? info : NULL;
}

static const ASN1_STRING *signed_sequence(CMS_SignerInfo *info, int nid)
{
	return CMS_signed_get0_data_by_OBJ(info, OBJ_nid2obj(nid), -3, V_ASN1_SEQUENCE);
}

enum naming certificate_naming(CMS_SignerInfo *info, X509 *certificate, STACK_OF(X509) * others, bool sha1_too)
{
	const ASN1_STRING *second = signed_sequence(info, NID_id_smime_aa_signingCertificateV2);
	const ASN1_STRING *first = sha1_too ? signed_sequence(info, NID_id_smime_aa_signingCertificate) : NULL;
	if (!first && !second)
		return NAMES_NONE;
	ESS_SIGNING_CERT *old = NULL;
	ESS_SIGNING_CERT_V2 *list = NULL;
	if (first) {
		const unsigned char *der = ASN1_STRING_get0_data(first);
		old = d2i_ESS_SIGNING_CERT(NULL, &der, ASN1_STRING_length(first));
	}
	if (second) {
		const unsigned char *der = ASN1_STRING_get0_data(second);
		list = d2i_ESS_SIGNING_CERT_V2(NULL, &der, ASN1_STRING_length(second));
	}
	STACK_OF(X509) *chain = sk_X509_new_null();
	if (!chain || !sk_X509_push(chain, certificate))
		openssl_broken();
	for (int i = 0; i < sk_X509_num(others); i++)
		if (X509_cmp(sk_X509_value(others, i), certificate) != 0 &&
		    !sk_X509_push(chain, sk_X509_value(others, i)))
			openssl_broken();
	bool same = !first == !old && !second == !list && OSSL_ESS_check_signing_certs(old, list, chain, 0) > 0;
	sk_X509_free(chain);
	ESS_SIGNING_CERT_free(old);
	ESS_SIGNING_CERT_V2_free(list);
	return same ? NAMES_THIS : NAMES_ANOTHER;
}

struct trust *trust_open(const char *path, struct chunk pem, struct diags *diags)
{
	struct trust *trust = xcalloc(1, sizeof *trust);
	BIO *bio = openssl_reading(pem);
	size_t count = 0;
	trust->store = X509_STORE_new();
	if (!trust->store)
		openssl_broken();
	for (X509 *certificate; (certificate = PEM_read_bio_X509(bio, NULL, NULL, NULL)); count++) {
		if (!X509_STORE_add_cert(trust->store, certificate))
			openssl_broken();
		X509_free(certificate);
	}
	ERR_clear_error();
	BIO_free(bio);
	if (count > 0)
		return trust;
	DIAG(diags, ((struct place){ path, 0, 0 }), MSG_TRUST_UNREADABLE);
	trust_free(trust);
	return NULL;
}

void trust_free(struct trust *trust)
{
	if (!trust)
		return;
	X509_STORE_free(trust->store);
	free(trust);
}

enum chain certificate_chain(struct arena *arena, X509 *certificate, STACK_OF(X509) * others, int purpose,
                             const struct trust *trust, struct instant at, const char **fault)
{
	X509_STORE_CTX *context = X509_STORE_CTX_new();
	enum chain chain = CHAIN_TRUSTED;
	if (!trust) {
		X509_STORE_CTX_free(context);
		return CHAIN_NOT_CHECKED;
	}
	if (!context || !X509_STORE_CTX_init(context, trust->store, certificate, others) ||
	    (purpose && !X509_STORE_CTX_set_purpose(context, purpose)))
		openssl_broken();
	X509_VERIFY_PARAM *rules = X509_STORE_CTX_get0_param(context);
	X509_VERIFY_PARAM_set_time(rules, (time_t)at.seconds);
	X509_VERIFY_PARAM_set_flags(rules, X509_V_FLAG_PARTIAL_CHAIN);
	if (X509_verify_cert(context) <= 0) {
		chain = CHAIN_NOT_TRUSTED;
		*fault = arena_strdup(arena, X509_verify_cert_error_string(X509_STORE_CTX_get_error(context)));
	}
	X509_STORE_CTX_free(context);
	return chain;
}

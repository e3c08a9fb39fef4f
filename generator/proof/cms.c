#include "proof/cms.h"

#include <limits.h>
#include <openssl/err.h>
#include <openssl/pkcs12.h>
#include <stdlib.h>
#include <string.h>

#include "proof/certificate.h"

struct cms_signer {
	EVP_PKEY *key;
	X509 *certificate;
	STACK_OF(X509) * chain; /* may be NULL */
};

struct cms_signer *cms_signer_open(const char *path, struct chunk bytes, const char *password, struct diags *diags)
{
	struct place place = { path, 0, 0 };
	BIO *bio = openssl_reading(bytes);
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

const char *cms_signer_name(const struct cms_signer *signer, struct arena *arena)
{
	return certificate_name(arena, X509_get_subject_name(signer->certificate));
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
			openssl_broken();
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
		openssl_broken();
	unsigned char *signature = xmalloc(len);
	if (EVP_DigestSign(context, signature, &len, data, attributes.len) <= 0 ||
	    !ASN1_STRING_set(CMS_SignerInfo_get0_signature(info), signature, (int)len))
		openssl_broken();
	free(signature);
	EVP_MD_CTX_free(context);
	buf_free(&attributes);
}

/* Among what is not signed: the word of an authority that the signature was there at a time. */
static void add_stamp(CMS_SignerInfo *info, struct chunk token)
{
	if (CMS_unsigned_add1_attr_by_NID(info, NID_id_smime_aa_timeStampToken, V_ASN1_SEQUENCE, token.data,
	                                  (int)token.len) <= 0)
		openssl_broken();
}

static bool fetch_stamp(CMS_SignerInfo *info, const struct stamper *stamper, struct diags *diags)
{
	const ASN1_STRING *signature = CMS_SignerInfo_get0_signature(info);
	struct buf token = BUF_INIT;
	bool fine = stamp_fetch(stamper, openssl_chunk(signature), &token, diags);
	if (fine)
		add_stamp(info, buf_chunk(&token));
	buf_free(&token);
	return fine;
}

bool cms_sign(const struct cms_signer *signer, const struct chunk parts[2], const struct stamper *stamper,
              struct buf *out, struct diags *diags)
{
	const unsigned flags = CMS_PARTIAL | CMS_DETACHED | CMS_BINARY | CMS_CADES | CMS_NOSMIMECAP;
	CMS_ContentInfo *cms = CMS_sign(NULL, NULL, signer->chain, NULL, flags);
	CMS_SignerInfo *info = cms ? CMS_add1_signer(cms, signer->certificate, signer->key, EVP_sha256(), flags) : NULL;
	unsigned char digest[EVP_MAX_MD_SIZE];
	unsigned len;
	openssl_digest(EVP_sha256(), parts, digest, &len);
	if (!info ||
	    CMS_signed_add1_attr_by_NID(info, NID_pkcs9_contentType, V_ASN1_OBJECT, OBJ_nid2obj(NID_pkcs7_data), -1) <=
	        0 ||
	    CMS_signed_add1_attr_by_NID(info, NID_pkcs9_messageDigest, V_ASN1_OCTET_STRING, digest, (int)len) <= 0)
		openssl_broken();
	sign_attributes(info, signer);
	bool fine = !stamper || fetch_stamp(info, stamper, diags);
	unsigned char *der = NULL;
	int size = i2d_CMS_ContentInfo(cms, &der);
	if (size <= 0)
		openssl_broken();
	buf_put(out, der, (size_t)size);
	OPENSSL_free(der);
	CMS_ContentInfo_free(cms);
	return fine;
}

/* Why the only signer's signature does not hold; NULL when it does. */
static const char *find_fault(CMS_ContentInfo *cms, CMS_SignerInfo *info, X509 *certificate,
                              STACK_OF(X509) * certificates, const struct chunk parts[2], bool cades,
                              struct cms_verdict *out)
{
	const ASN1_OBJECT *type = OBJ_nid2obj(NID_pkcs9_messageDigest);
	const ASN1_STRING *claimed = CMS_signed_get0_data_by_OBJ(info, type, -3, V_ASN1_OCTET_STRING);
	X509_ALGOR *algorithm;
	unsigned char digest[EVP_MAX_MD_SIZE];
	unsigned len;
	CMS_SignerInfo_get0_algs(info, NULL, NULL, &algorithm, NULL);
	int nid = OBJ_obj2nid(algorithm->algorithm);
	out->digest = nid == NID_undef ? NULL : OBJ_nid2sn(nid);
	const EVP_MD *md = openssl_strong_digest(algorithm);
	if (!md)
		return translate("its digest is too weak or not known");
	if (!claimed || OBJ_obj2nid(CMS_get0_eContentType(cms)) != NID_pkcs7_data)
		return translate("the digest of the content is not among what it signs");
	openssl_digest(md, parts, digest, &len);
	if (ASN1_STRING_length(claimed) != (int)len || memcmp(ASN1_STRING_get0_data(claimed), digest, len) != 0)
		return translate("the bytes are not those that were signed");
	CMS_SignerInfo_set1_signer_cert(info, certificate);
	if (CMS_SignerInfo_verify(info) <= 0)
		return translate("it was not made with the key of its certificate");
	enum naming naming = certificate_naming(info, certificate, certificates, false);
	if (naming == NAMES_ANOTHER || (naming == NAMES_NONE && cades))
		return translate("it does not name its certificate, as PAdES wants");
	return NULL;
}

static void judge(struct arena *arena, CMS_ContentInfo *cms, STACK_OF(X509) * certificates, const struct chunk parts[2],
                  bool cades, const struct trust *trust, struct instant at, struct cms_verdict *out)
{
	X509 *certificate;
	CMS_SignerInfo *info = certificate_of_signer(cms, certificates, &certificate);
	if (!info) {
		out->fault = translate("it has not one signer with a certificate");
		return;
	}
	out->signer = certificate_name(arena, X509_get_subject_name(certificate));
	out->issuer = certificate_name(arena, X509_get_issuer_name(certificate));
	out->fault = find_fault(cms, info, certificate, certificates, parts, cades, out);
	ASN1_OBJECT *type = OBJ_nid2obj(NID_id_smime_aa_timeStampToken);
	if (CMS_unsigned_get_attr_by_OBJ(info, type, -1) >= 0) {
		const ASN1_STRING *token = CMS_unsigned_get0_data_by_OBJ(info, type, -3, V_ASN1_SEQUENCE);
		const ASN1_STRING *value = CMS_SignerInfo_get0_signature(info);
		out->stamp = stamp_verify(arena, openssl_chunk(token), openssl_chunk(value), trust);
	}
	/* An authority's word goes before the signer's. */
	bool stamped = out->stamp.present && !out->stamp.fault && out->stamp.chain != CHAIN_NOT_TRUSTED;
	out->chain = certificate_chain(arena, certificate, certificates, 0, trust, stamped ? out->stamp.at : at,
	                               &out->chain_fault);
}

struct cms_verdict cms_verify(struct arena *arena, struct chunk der, const struct chunk parts[2], bool cades,
                              const struct trust *trust, struct instant at)
{
	struct cms_verdict verdict = { 0 };
	const unsigned char *bytes = (const unsigned char *)der.data;
	CMS_ContentInfo *cms = der.len > LONG_MAX ? NULL : d2i_CMS_ContentInfo(NULL, &bytes, (long)der.len);
	if (cms && OBJ_obj2nid(CMS_get0_type(cms)) == NID_pkcs7_signed) {
		STACK_OF(X509) *certificates = CMS_get1_certs(cms);
		judge(arena, cms, certificates, parts, cades, trust, at, &verdict);
		sk_X509_pop_free(certificates, X509_free);
	} else {
		verdict.fault = translate("it is no CMS signature");
	}
	CMS_ContentInfo_free(cms);
	ERR_clear_error();
	return verdict;
}

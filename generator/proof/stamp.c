#include "proof/stamp.h"

#include <limits.h>
#include <openssl/err.h>
#include <openssl/ts.h>
#include <openssl/x509v3.h>
#include <string.h>

#include "proof/certificate.h"

static void write_request(struct chunk value, struct buf *out)
{
	const struct chunk parts[] = { value, { "", 0 } };
	unsigned char digest[EVP_MAX_MD_SIZE], *der = NULL;
	unsigned len;
	TS_REQ *request = TS_REQ_new();
	TS_MSG_IMPRINT *imprint = TS_MSG_IMPRINT_new();
	X509_ALGOR *algorithm = X509_ALGOR_new();
	openssl_digest(EVP_sha256(), parts, digest, &len);
	if (!request || !imprint || !algorithm ||
	    !X509_ALGOR_set0(algorithm, OBJ_nid2obj(NID_sha256), V_ASN1_NULL, NULL) ||
	    !TS_MSG_IMPRINT_set_algo(imprint, algorithm) || !TS_MSG_IMPRINT_set_msg(imprint, digest, (int)len) ||
	    !TS_REQ_set_version(request, 1) || !TS_REQ_set_msg_imprint(request, imprint) ||
	    !TS_REQ_set_cert_req(request, 1))
		openssl_broken();
	int size = i2d_TS_REQ(request, &der);
	if (size <= 0)
		openssl_broken();
	buf_put(out, der, (size_t)size);
	OPENSSL_free(der);
	X509_ALGOR_free(algorithm);
	TS_MSG_IMPRINT_free(imprint);
	TS_REQ_free(request);
}

/* The token of a response that grants it. */
static bool take_token(struct chunk response, struct buf *token)
{
	const unsigned char *bytes = (const unsigned char *)response.data;
	TS_RESP *read = response.len > LONG_MAX ? NULL : d2i_TS_RESP(NULL, &bytes, (long)response.len);
	const ASN1_INTEGER *status = read ? TS_STATUS_INFO_get0_status(TS_RESP_get_status_info(read)) : NULL;
	int64_t number = -1;
	unsigned char *der = NULL;
	bool granted = status && ASN1_INTEGER_get_int64(&number, status) && (number == 0 || number == 1);
	int size = granted && TS_RESP_get_token(read) ? i2d_PKCS7(TS_RESP_get_token(read), &der) : 0;
	if (size > 0)
		buf_put(token, der, (size_t)size);
	OPENSSL_free(der);
	TS_RESP_free(read);
	ERR_clear_error();
	return size > 0;
}

bool stamp_fetch(const struct stamper *stamper, struct chunk value, struct buf *token, struct diags *diags)
{
	struct buf request = BUF_INIT, response = BUF_INIT;
	const char *fault = NULL;
	struct arena *arena = arena_new();
	write_request(value, &request);
	if (!stamper->ask(stamper->command, buf_chunk(&request), &response))
		fault = translate("there is no answer");
	else if (!take_token(buf_chunk(&response), token))
		fault = translate("the answer is no response that grants a time stamp");
	else if (token->len > STAMP_ROOM)
		fault = translate("the time stamp is longer than 16 KB");
	else
		fault = stamp_verify(arena, buf_chunk(token), value, NULL).fault;
	if (fault)
		DIAG(diags, ((struct place){ 0 }), MSG_STAMP_FAILED, stamper->command, fault);
	arena_free(arena);
	buf_free(&request);
	buf_free(&response);
	return fault == NULL;
}

static bool is_over(TS_TST_INFO *info, struct chunk value)
{
	const struct chunk parts[] = { value, { "", 0 } };
	TS_MSG_IMPRINT *imprint = TS_TST_INFO_get_msg_imprint(info);
	const EVP_MD *md = imprint ? openssl_strong_digest(TS_MSG_IMPRINT_get_algo(imprint)) : NULL;
	unsigned char digest[EVP_MAX_MD_SIZE];
	unsigned len;
	if (!md)
		return false;
	openssl_digest(md, parts, digest, &len);
	struct chunk claimed = openssl_chunk(TS_MSG_IMPRINT_get_msg(imprint));
	return claimed.len == len && memcmp(claimed.data, digest, len) == 0;
}

static bool read_time(const TS_TST_INFO *info, struct instant *out)
{
	struct tm tm;
	const ASN1_GENERALIZEDTIME *time = TS_TST_INFO_get_time(info);
	if (!time || !ASN1_TIME_to_tm(time, &tm))
		return false;
	*out = instant_at(date_of_ymd(tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday),
	                  tm.tm_hour * 3600 + tm.tm_min * 60 + tm.tm_sec, 0);
	out->offset = OFFSET_CHINA;
	return true;
}

/* Why what the token holds is no word about value; NULL when it is one. */
static const char *find_fault(CMS_ContentInfo *cms, CMS_SignerInfo *info, X509 *certificate,
                              STACK_OF(X509) * certificates, struct chunk value, struct instant *at)
{
	X509_ALGOR *algorithm;
	BIO *content = BIO_new(BIO_s_mem());
	if (!content)
		openssl_broken();
	CMS_SignerInfo_get0_algs(info, NULL, NULL, &algorithm, NULL);
	bool held = OBJ_obj2nid(CMS_get0_eContentType(cms)) == NID_id_smime_ct_TSTInfo &&
	            openssl_strong_digest(algorithm) &&
	            CMS_verify(cms, NULL, NULL, NULL, content, CMS_NO_SIGNER_CERT_VERIFY | CMS_BINARY) > 0 &&
	            certificate_naming(info, certificate, certificates, true) == NAMES_THIS;
	TS_TST_INFO *said = held ? d2i_TS_TST_INFO_bio(content, NULL) : NULL;
	const char *fault = !held                           ? translate("its signature does not hold")
	                    : !said || !read_time(said, at) ? translate("it tells no time")
	                    : !is_over(said, value)         ? translate("it is over something else")
	                                                    : NULL;
	TS_TST_INFO_free(said);
	BIO_free(content);
	return fault;
}

struct stamp stamp_verify(struct arena *arena, struct chunk token, struct chunk value, const struct trust *trust)
{
	struct stamp stamp = { .present = true };
	const unsigned char *bytes = (const unsigned char *)token.data;
	CMS_ContentInfo *cms = token.len > LONG_MAX ? NULL : d2i_CMS_ContentInfo(NULL, &bytes, (long)token.len);
	bool is_signed = cms && OBJ_obj2nid(CMS_get0_type(cms)) == NID_pkcs7_signed;
	STACK_OF(X509) *certificates = is_signed ? CMS_get1_certs(cms) : NULL;
	X509 *certificate = NULL;
	CMS_SignerInfo *info = is_signed ? certificate_of_signer(cms, certificates, &certificate) : NULL;
	if (info) {
		stamp.authority = certificate_name(arena, X509_get_subject_name(certificate));
		stamp.fault = find_fault(cms, info, certificate, certificates, value, &stamp.at);
	} else {
		stamp.fault = translate("it is no time stamp with one signer and a certificate");
	}
	if (!stamp.fault)
		stamp.chain = certificate_chain(arena, certificate, certificates, X509_PURPOSE_TIMESTAMP_SIGN, trust,
		                                stamp.at, &stamp.chain_fault);
	sk_X509_pop_free(certificates, X509_free);
	CMS_ContentInfo_free(cms);
	ERR_clear_error();
	return stamp;
}

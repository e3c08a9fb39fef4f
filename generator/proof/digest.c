#include "proof/digest.h"

#include <openssl/evp.h>

#include "base/memory.h"

void sha256(struct chunk bytes, unsigned char out[SHA256_BYTES])
{
	if (!EVP_Digest(bytes.data, bytes.len, out, NULL, EVP_sha256(), NULL))
		die("the cryptographic library has no SHA-256");
}

const char *sha256_hex(struct chunk bytes, char out[SHA256_TEXT])
{
	static const char digits[] = "0123456789abcdef";
	unsigned char digest[SHA256_BYTES];
	sha256(bytes, digest);
	for (size_t i = 0; i < SHA256_BYTES; i++) {
		out[2 * i] = digits[digest[i] >> 4];
		out[2 * i + 1] = digits[digest[i] & 15];
	}
	out[SHA256_TEXT - 1] = '\0';
	return out;
}

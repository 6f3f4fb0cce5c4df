// Mails (.eml) -> the text of the body, and attachments as documents of their own (the only file
// that knows GMime).
#pragma once

#include <vector>

#include "text/input.h"

namespace readout::text {

/// Subject, date and sender become meta data. The body is the plain text part, or else the HTML
/// part. Where it is 7bit, 8bit or quoted-printable, spans point at bytes of the mail; where it is
/// base64, the source is the decoded body and `original_sha256` is the mail's.
Result<TextLayer> extract_mail(RawDocument raw);

/// The attachments that can be read, named "mail.eml!/name".
std::vector<RawDocument> mail_attachments(const RawDocument& mail);

}  // namespace readout::text

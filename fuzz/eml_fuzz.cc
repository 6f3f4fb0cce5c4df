#include "text/mail.h"
#include "text_fuzz.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace readout::text;
  RawDocument mail;
  mail.bytes.assign(reinterpret_cast<const char*>(data), size);
  mail.meta.file = "fuzz.eml";
  for (RawDocument& attachment : mail_attachments(mail)) {
    if (attachment.format == Format::Pdf) continue;  // another program's work
    const auto layer = extract(std::move(attachment));
    if (layer) check_layer(*layer);
  }
  return fuzz_format(data, size, Format::Eml);
}

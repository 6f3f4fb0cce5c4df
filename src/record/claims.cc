// What the rows of a thread say of it, with their sentences.
#include "readout/store.h"
#include "record/store_impl.h"

namespace readout {

Result<std::vector<Claim>> Store::claims(std::string_view first) const {
  auto find = impl_->db.prepare(
      "SELECT c.axis, c.says, c.day, c.by, r.id, r.kind, d.id, d.title, d.publisher, c.shared, f.due,"
      " coalesce(s.text, CAST(substr(b.bytes, s.begin + 1, s.end - s.begin) AS TEXT))"
      " FROM commitment_claim c JOIN row r ON r.n = c.row JOIN document d ON d.n = r.document LEFT JOIN fact f ON f.row = c.row"
      " LEFT JOIN row s ON s.n = f.sentence LEFT JOIN source b ON b.document = r.document"
      " WHERE c.thread = (SELECT n FROM row WHERE id = ? LIMIT 1) ORDER BY c.day, c.row");
  if (!find) return find.error();
  find->bind(1, first);
  std::vector<Claim> claims;
  while (true) {
    const auto more = find->step();
    if (!more) return more.error();
    if (!*more) return claims;
    Claim claim;
    std::string* texts[] = {&claim.axis, &claim.says, &claim.day, &claim.by, &claim.row, &claim.kind, &claim.doc, &claim.title, &claim.publisher, &claim.shared, &claim.due,
                            &claim.evidence};
    for (int i = 0; i < 12; ++i) *texts[i] = find->text(i);
    claims.push_back(std::move(claim));
  }
}

}  // namespace readout

#include "readout/result.h"

namespace readout {

std::string_view name(Code code) {
  switch (code) {
    case Code::BadInput: return "BadInput";
    case Code::BadData: return "BadData";
    case Code::BadModel: return "BadModel";
    case Code::NotFound: return "NotFound";
    case Code::Io: return "Io";
    case Code::Limit: return "Limit";
    case Code::Conflict: return "Conflict";
    case Code::Internal: return "Internal";
  }
  return "Internal";
}

}  // namespace readout

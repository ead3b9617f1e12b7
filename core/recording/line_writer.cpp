#include "core/recording/line_writer.h"

#include "core/recording/utf8.h"

namespace loopscope::recorded {

LineWriter& LineWriter::operator()(std::string_view text)
{
    constexpr char digits[] = "0123456789abcdef";
    begin();
    out_ += '"';
    while (!text.empty()) {
        const std::size_t whole = utf8_length(text);
        const auto byte = static_cast<unsigned char>(text.front());
        if (byte == '"' || byte == '\\') {
            out_ += '\\';
            out_ += text.front();
        } else if (byte == '\n') {
            out_ += "\\n";
        } else if (byte == '\t') {
            out_ += "\\t";
        } else if (byte < 0x20 || byte == 0x7f || whole == 0) { // a program may print any bytes
            out_ += "\\x";
            out_ += digits[byte >> 4];
            out_ += digits[byte & 15];
        } else {
            out_ += text.substr(0, whole);
        }
        text.remove_prefix(whole == 0 ? 1 : whole);
    }
    out_ += '"';
    return *this;
}

} // namespace loopscope::recorded

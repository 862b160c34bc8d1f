# Run by doodled_embed(): SOURCE as raw string literals of at most 8,000 characters (a limit of some compilers).
file(READ ${SOURCE} rest)
set(literals "")
string(LENGTH "${rest}" length)
set(at 0)
while(at LESS length)
  string(SUBSTRING "${rest}" ${at} 8000 piece)
  string(APPEND literals "R\"~~~~(${piece})~~~~\"\n")
  math(EXPR at "${at} + 8000")
endwhile()
file(WRITE ${OUTPUT} "#include <string_view>\n\nnamespace doodled::embedded {\n"
     "extern const std::string_view ${SYMBOL};\n"
     "constexpr char text[] =\n${literals};\n"
     "const std::string_view ${SYMBOL}{text, sizeof text - 1};\n}  // namespace doodled::embedded\n")

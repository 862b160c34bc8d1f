#include "server/command_line/command_line.hpp"

int main(int argc, char** argv) { return doodled::CommandLine().run(argc, argv); }

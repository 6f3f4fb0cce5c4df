#include "faces/cli/app.h"

int main(int argc, char** argv) { return readout::cli::run(argc, argv); }

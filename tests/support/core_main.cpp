#define CATCH_CONFIG_RUNNER // version 2 compiles its runner here; version 3 links it
#include "tests/support/catch.h"

int main(int argc, char* argv[])
{
    return Catch::Session().run(argc, argv);
}

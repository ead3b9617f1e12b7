#pragma once

// Debian 12 has Catch2 2.13, Debian 13 has Catch2 3. Tests include this and use what both share.
#if __has_include(<catch2/catch_all.hpp>)
#include <catch2/catch_all.hpp>
using Catch::Approx; // as version 2 has it
#else
#include <catch2/catch.hpp>
#endif

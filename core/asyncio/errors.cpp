#include "core/asyncio/errors.h"

#include "core/asyncio/limits.h"

#include <new>
#include <stdexcept>

namespace loopscope {

ErrorText describe_error(const std::exception_ptr& error)
{
    try {
        std::rethrow_exception(error);
    } catch (const CancelledError& e) {
        return {"CancelledError", e.message()};
    } catch (const LimitReached& e) {
        return {"LimitReached", e.why()};
    } catch (const Exception& e) {
        return {e.type(), e.what()};
    } catch (const std::bad_alloc& e) {
        return {"MemoryError", e.what()};
    } catch (const std::out_of_range& e) {
        return {"IndexError", e.what()};
    } catch (const std::invalid_argument& e) {
        return {"ValueError", e.what()};
    } catch (const std::runtime_error& e) {
        return {"RuntimeError", e.what()};
    } catch (const std::exception& e) {
        return {"Exception", e.what()};
    } catch (...) {
        return {"Exception", "an object that is no exception was thrown"};
    }
}

bool is_cancellation(const std::exception_ptr& error)
{
    try {
        std::rethrow_exception(error);
    } catch (const CancelledError&) {
        return true;
    } catch (...) {
        return false;
    }
}

} // namespace loopscope

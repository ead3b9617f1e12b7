#pragma once

#include "core/asyncio/errors.h"

#include <exception>
#include <string>
#include <utility>
#include <vector>

namespace loopscope {

/// Several exceptions at once, as Python's ExceptionGroup: what a task group throws.
class ExceptionGroup : public Exception {
public:
    ExceptionGroup(std::string message, std::vector<std::exception_ptr> exceptions)
        : Exception(std::move(message)), exceptions_(std::move(exceptions))
    {
    }

    [[nodiscard]] std::string type() const override { return "ExceptionGroup"; }
    [[nodiscard]] const std::vector<std::exception_ptr>& exceptions() const { return exceptions_; }

    /// Those of type E and the rest, nested groups taken apart in the same way; either may be null.
    /// A handler for `except* E` handles the first and throws the second.
    template <class E>
    [[nodiscard]] std::pair<std::exception_ptr, std::exception_ptr> split() const
    {
        std::vector<std::exception_ptr> matching;
        std::vector<std::exception_ptr> rest;
        for (const std::exception_ptr& e : exceptions_) {
            try {
                std::rethrow_exception(e);
            } catch (const E&) {
                matching.push_back(e);
            } catch (const ExceptionGroup& group) {
                auto parts = group.template split<E>();
                if (parts.first)
                    matching.push_back(parts.first);
                if (parts.second)
                    rest.push_back(parts.second);
            } catch (...) {
                rest.push_back(e);
            }
        }
        return {derive(std::move(matching)), derive(std::move(rest))};
    }

private:
    [[nodiscard]] std::exception_ptr derive(std::vector<std::exception_ptr> part) const
    {
        return part.empty() ? nullptr : std::make_exception_ptr(ExceptionGroup(what(), std::move(part)));
    }

    std::vector<std::exception_ptr> exceptions_;
};

} // namespace loopscope

# Warnings, hardening and sanitizers for every target of ours, in one interface target.
add_library(immunobot_flags INTERFACE)
target_compile_options(immunobot_flags INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -fstack-protector-strong -fPIE)
target_include_directories(immunobot_flags INTERFACE ${CMAKE_SOURCE_DIR}/src)
# Checked vectors cost little beside what a wrong index does.
target_compile_definitions(immunobot_flags INTERFACE IMMUNOBOT_VERSION="${PROJECT_VERSION}" _GLIBCXX_ASSERTIONS)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)

if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
  # g++ 12 takes "text" + std::string for overlapping memory when it optimises (its bug 105651), parts of an optional<> that
  # are not there for uninitialised ones, and lengths that it cannot follow for impossible ones.
  target_compile_options(immunobot_flags INTERFACE -Wno-restrict -Wno-stringop-overflow -Wno-stringop-overread -Wno-array-bounds
    $<$<NOT:$<CONFIG:Debug>>:-Wno-maybe-uninitialized>)
endif()
if(CMAKE_UNITY_BUILD AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  # Files that are compiled together are included by one that CMake writes: g++ takes them for headers, and warns of names
  # that another of them has. The dev preset, which compiles each alone, warns of what matters.
  target_compile_options(immunobot_flags INTERFACE -Wno-subobject-linkage -Wno-shadow)
endif()
# Tells one build from another: what one of them compiled and kept is not read by the other.
target_link_options(immunobot_flags INTERFACE -Wl,--build-id=sha1)

if(IMMUNOBOT_WERROR)
  target_compile_options(immunobot_flags INTERFACE -Werror)
endif()

if(IMMUNOBOT_SANITIZE)
  target_compile_options(immunobot_flags INTERFACE
    $<$<CXX_COMPILER_ID:GNU>:-Wno-maybe-uninitialized> -fsanitize=${IMMUNOBOT_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
  target_link_options(immunobot_flags INTERFACE -fsanitize=${IMMUNOBOT_SANITIZE})
  if(IMMUNOBOT_SANITIZE MATCHES "undefined")
    # The address sanitizer tells of null pointers, too, and x86 and ARM64 read at any address; together these two checks
    # make up 40 % of the time that the build takes.
    target_compile_options(immunobot_flags INTERFACE -fno-sanitize=null,alignment)
  endif()
  if(IMMUNOBOT_SANITIZE MATCHES "thread" AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    # Asio uses fences, which this sanitizer does not model; g++ warns about each.
    target_compile_options(immunobot_flags INTERFACE -Wno-tsan)
  endif()
else()
  target_compile_definitions(immunobot_flags INTERFACE
    $<$<CONFIG:Release>:_FORTIFY_SOURCE=2>)
  target_link_options(immunobot_flags INTERFACE -pie -Wl,-z,relro,-z,now)
endif()

find_program(CCACHE ccache)
if(CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  # It keeps compilations with precompiled headers only if it is told that they are the same for the same macros.
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env CCACHE_SLOPPINESS=pch_defines,time_macros ${CCACHE})
endif()

# The headers of the standard library and of Boost.JSON are nearly half of what a compilation reads; they are compiled once
# for each optimisation, and once more with Catch2 for the tests. With IMMUNOBOT_PRECOMPILED=OFF every file must include what it uses.
option(IMMUNOBOT_PRECOMPILED "compile common headers once" ON)

# immunobot_precompile(TARGET standard|standard_cold|tests) lets a target use one of them. Its macros are those of their
# users: the compiler takes precompiled headers only where what they read is defined alike.
function(immunobot_precompile target headers)
  if(NOT IMMUNOBOT_PRECOMPILED)
    return()
  endif()
  target_compile_definitions(${target} PRIVATE $<TARGET_PROPERTY:Boost::json,INTERFACE_COMPILE_DEFINITIONS>
    $<TARGET_PROPERTY:Boost::container,INTERFACE_COMPILE_DEFINITIONS>)
  target_precompile_headers(${target} REUSE_FROM immunobot_headers_${headers})
endfunction()

# immunobot_headers(NAME [COLD] HEADER...) makes one of them; COLD as for immunobot_library.
function(immunobot_headers name)
  cmake_parse_arguments(ARG "COLD" "" "" ${ARGN})
  if(NOT IMMUNOBOT_PRECOMPILED)
    return()
  endif()
  file(WRITE ${CMAKE_BINARY_DIR}/headers/${name}.cpp "")
  add_library(immunobot_headers_${name} OBJECT ${CMAKE_BINARY_DIR}/headers/${name}.cpp)
  target_link_libraries(immunobot_headers_${name} PRIVATE immunobot_flags Boost::json)
  # For ccache, which must see what is included through them.
  target_compile_options(immunobot_headers_${name} PRIVATE $<$<CXX_COMPILER_ID:GNU>:-fpch-preprocess>)
  target_precompile_headers(immunobot_headers_${name} PRIVATE ${ARG_UNPARSED_ARGUMENTS})
  if(ARG_COLD)
    immunobot_cold(immunobot_headers_${name})
  endif()
endfunction()

# immunobot_cold(TARGET): no question waits for its loops, so that it is compiled quickly and small. With sanitizers -Og takes two
# thirds of the time of -O1.
function(immunobot_cold target)
  target_compile_options(${target} PRIVATE $<$<CONFIG:Release>:-O1>)
  if(IMMUNOBOT_SANITIZE)
    target_compile_options(${target} PRIVATE $<$<CONFIG:Debug>:-Og>)
  endif()
endfunction()

# immunobot_library(NAME [COLD] SOURCES a.cpp ... [DEPENDS target ...] [PRIVATE_DEPENDS target ...])
# makes the static library immunobot_NAME of one folder of src/. A folder links only what it may use, so a forbidden #include
# across folders fails to link. COLD: see above.
function(immunobot_library name)
  cmake_parse_arguments(ARG "COLD" "" "SOURCES;DEPENDS;PRIVATE_DEPENDS" ${ARGN})
  add_library(immunobot_${name} STATIC ${ARG_SOURCES})
  target_link_libraries(immunobot_${name} PUBLIC ${ARG_DEPENDS} PRIVATE immunobot_flags ${ARG_PRIVATE_DEPENDS})
  target_include_directories(immunobot_${name} PUBLIC ${CMAKE_SOURCE_DIR}/src)
  # g++ compiles with the optimisation of its precompiled headers, whatever the target says.
  if(ARG_COLD)
    immunobot_cold(immunobot_${name})
    immunobot_precompile(immunobot_${name} standard_cold)
  else()
    immunobot_precompile(immunobot_${name} standard)
  endif()
endfunction()

# The files of a list that have a case where threads meet, and those without cases, which help the others. SAVED_AS: empty if
# there is no such case.
function(immunobot_threaded_sources saved_as)
  set(chosen)
  set(have_cases FALSE)
  foreach(file ${ARGN})
    file(STRINGS ${file} cases REGEX "TEST_CASE|TEMPLATE_TEST" LIMIT_COUNT 1)
    file(STRINGS ${file} threads REGEX "\\[threads\\]" LIMIT_COUNT 1)
    if(threads)
      set(have_cases TRUE)
    endif()
    if(threads OR NOT cases)
      list(APPEND chosen ${file})
    endif()
  endforeach()
  if(NOT have_cases)
    set(chosen)
  endif()
  set(${saved_as} ${chosen} PARENT_SCOPE)
endfunction()

# immunobot_test(NAME [ALIKE] [THREADED] SOURCES a.cpp ... DEPENDS target ...) makes test_NAME and tells CTest of each case; under
# the thread sanitizer, which makes everything ten times slower, only of those where threads meet: the ones tagged [threads] (the
# files without one are not compiled), or all that are THREADED.
function(immunobot_test name)
  cmake_parse_arguments(ARG "ALIKE;THREADED" "" "SOURCES;DEPENDS" ${ARGN})
  set(cases)
  if(IMMUNOBOT_SANITIZE MATCHES "thread" AND NOT ARG_THREADED)
    set(cases TEST_SPEC "[threads]")
    immunobot_threaded_sources(ARG_SOURCES ${ARG_SOURCES})
    if(NOT ARG_SOURCES)
      return()
    endif()
  endif()
  add_executable(test_${name} ${ARG_SOURCES})
  target_link_libraries(test_${name} PRIVATE immunobot_flags ${ARG_DEPENDS} Catch2::Catch2WithMain)
  target_compile_definitions(test_${name} PRIVATE IMMUNOBOT_ROOT="${CMAKE_SOURCE_DIR}")
  if(ARG_ALIKE)
    set_target_properties(test_${name} PROPERTIES UNITY_BUILD OFF)
  endif()
  add_dependencies(all_tests test_${name})
  immunobot_cold(test_${name})
  immunobot_precompile(test_${name} tests)
  catch_discover_tests(test_${name} ${cases} WORKING_DIRECTORY ${CMAKE_SOURCE_DIR} TEST_PREFIX "${name}: "
    PROPERTIES TIMEOUT 600)
endfunction()

// example: a pointer to the registry path is kept for later
#include <ntddk.h>

static PUNICODE_STRING ParametersPath;

DRIVER_INITIALIZE DriverEntry;

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    UNREFERENCED_PARAMETER(DriverObject);
    ParametersPath = RegistryPath;
//  ^^^^^^^^^^^^^^ warning registry-path-pointer-kept: 'ParametersPath' keeps a pointer to the registry path, which is freed when 'DriverEntry' has returned
    return STATUS_SUCCESS;
}

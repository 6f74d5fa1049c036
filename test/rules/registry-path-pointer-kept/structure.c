#include <ntddk.h>

typedef struct _GLOBALS {
    PDRIVER_OBJECT DriverObject;
    UNICODE_STRING RegistryPath;
} GLOBALS;

GLOBALS Globals;

DRIVER_INITIALIZE DriverEntry;

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    Globals.DriverObject = DriverObject;
    Globals.RegistryPath = *RegistryPath;
//  ^^^^^^^^^^^^^^^^^^^^ warning registry-path-pointer-kept: 'Globals.RegistryPath' keeps a copy of the registry path that shares its buffer, which is freed when 'DriverEntry' has returned
    return STATUS_SUCCESS;
}

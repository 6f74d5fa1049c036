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
    Globals.RegistryPath.MaximumLength = RegistryPath->MaximumLength;
    Globals.RegistryPath.Buffer = ExAllocatePool2(POOL_FLAG_NON_PAGED, Globals.RegistryPath.MaximumLength, 'htaP');
    if (Globals.RegistryPath.Buffer == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    RtlCopyUnicodeString(&Globals.RegistryPath, RegistryPath);
    return STATUS_SUCCESS;
}

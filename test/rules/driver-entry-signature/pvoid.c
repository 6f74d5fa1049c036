// example: The two pointers are not just any pointers
#include <ntddk.h>

DRIVER_INITIALIZE DriverEntry;

NTSTATUS DriverEntry(PVOID DriverObject, PVOID RegistryPath, ULONG Reserved)
    //   ^^^^^^^^^^^ warning driver-entry-signature: 'DriverEntry' takes 2 parameters: NTSTATUS DriverEntry(PDRIVER_OBJECT, PUNICODE_STRING)
{
    return STATUS_SUCCESS;
}

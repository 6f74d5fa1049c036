#include <ntddk.h>

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
    //   ^^^^^^^^^^^ warning driver-entry-signature: 'DriverEntry' needs C linkage in a C++ file
    //   ^^^^^^^^^^^ hint driver-entry-signature: declare 'DriverEntry' with 'DRIVER_INITIALIZE' so that code analysis knows it
{
    return STATUS_SUCCESS;
}

#include <hidport.h>

DRIVER_INITIALIZE DriverEntry;

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    HID_MINIDRIVER_REGISTRATION registration;
    NTSTATUS status = STATUS_SUCCESS;

    FillDriverObject(DriverObject);
    FillRegistration(&registration, RegistryPath);
    status = HidRegisterMinidriver(&registration);
    if (status != STATUS_SUCCESS) {
        return status;
    }
    return status;
}

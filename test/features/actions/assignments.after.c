//- driver.c
#include <hidport.h>
NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    HID_MINIDRIVER_REGISTRATION registration = { 0 };
    NTSTATUS status;

    // of the structure
    registration.Revision = HID_REVISION;
    registration.DriverObject = DriverObject;
    registration.RegistryPath = RegistryPath; // as they came
    registration.DeviceExtensionSize = sizeof(DEVICE_EXTENSION);

    status = HidRegisterMinidriver(&registration);
    return status;
}

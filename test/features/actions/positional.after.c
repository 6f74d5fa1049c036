//- driver.c
#include <hidport.h>
NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    HID_MINIDRIVER_REGISTRATION registration = {
        .Revision = HID_REVISION,    // of the structure
        .DriverObject = DriverObject,
        .RegistryPath = RegistryPath,
        .DeviceExtensionSize = sizeof(DEVICE_EXTENSION), .DevicesArePolled = FALSE
    };
    return HidRegisterMinidriver(&registration);
}
